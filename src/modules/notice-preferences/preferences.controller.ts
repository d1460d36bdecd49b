import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import * as op from './preferences.schemas.js';
import { PreferencesService } from './preferences.service.js';

@Controller()
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @Route(op.getNoticePreferences)
  get(@In() input: Input<typeof op.getNoticePreferences>) {
    return this.preferences.get(input);
  }

  @Route(op.putNoticePreferences)
  put(@In() input: Input<typeof op.putNoticePreferences>) {
    return this.preferences.put(input);
  }
}
