import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { CalendarFeedsService } from './calendar-feeds.service.js';
import * as op from './calendar-feeds.schemas.js';
import { SendCalendar } from './send-calendar.js';

@Controller()
export class CalendarFeedsController {
  constructor(
    private readonly feeds: CalendarFeedsService,
    private readonly calendars: SendCalendar,
  ) {}

  @Route(op.createCalendarFeed)
  create(@In() input: Input<typeof op.createCalendarFeed>) {
    return this.feeds.create(input);
  }

  @Route(op.listCalendarFeeds)
  list(@In() input: Input<typeof op.listCalendarFeeds>) {
    return this.feeds.list(input);
  }

  @Route(op.revokeCalendarFeed)
  revoke(@In() input: Input<typeof op.revokeCalendarFeed>) {
    return this.feeds.revoke(input);
  }

  @Route(op.readCalendarFeed)
  feed(@In() input: Input<typeof op.readCalendarFeed>) {
    return this.calendars.feed(input);
  }

  @Route(op.readSessionCalendar)
  session(@In() input: Input<typeof op.readSessionCalendar>) {
    return this.calendars.session(input);
  }
}
