import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './notices.schemas.js';
import { NoticesService } from './notices.service.js';
import { StreamNotices } from './stream-notices.js';

@Controller()
export class NoticesController {
  constructor(
    private readonly notices: NoticesService,
    private readonly streams: StreamNotices,
  ) {}

  @Route(op.listNotices)
  list(@In() input: Input<typeof op.listNotices>) {
    return this.notices.list(input);
  }

  @Route(op.streamNotices)
  stream(@In() input: Input<typeof op.streamNotices>) {
    return this.streams.open(input);
  }

  @Route(op.readNotices)
  readAll(@In() input: Input<typeof op.readNotices>) {
    return this.notices.readAll(input);
  }

  @Route(op.getNotice)
  get(@In() input: Input<typeof op.getNotice>) {
    return this.notices.get(input);
  }

  @Route(op.putNotice)
  put(@In() input: Input<typeof op.putNotice>) {
    return this.notices.put(input);
  }
}
