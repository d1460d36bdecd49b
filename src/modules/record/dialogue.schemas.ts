import { z } from 'zod';
import { iso3, uuid } from '../../platform/http/fields.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { recordQuestion, recordSpeaker } from './dialogue-items.schemas.js';
import { byId, number, read } from './record.schemas.js';

const filters = {
  proceeding: uuid.optional().meta({ description: 'The review, by its id in the record' }),
  state: iso3.optional().meta({ description: 'The State under review' }),
  session: number.optional().meta({ description: 'The number of the session' }),
};

export const listSpeakers = {
  ...read(
    {
      id: 'listRecordSpeakers',
      path: '/v1/record/speakers',
      summary: 'Who spoke, or will speak, in the order of the lists',
      description:
        'From the closing of a list on. By session and list; the State under review stands first, ' +
        'who has no place last.',
    },
    pageOf(recordSpeaker).meta({ id: 'RecordSpeakers' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    ...filters,
    list: recordSpeaker.shape.list.optional().meta({ description: 'One of the lists alone' }),
  }),
};
export const getSpeaker = {
  ...read(
    {
      id: 'getRecordSpeaker',
      path: '/v1/record/speakers/{id}',
      summary: 'A speaker, with the statement',
      description: 'The statement is null until it was made.',
    },
    recordSpeaker,
  ),
  ...byId,
};
export const listQuestions = {
  ...read(
    {
      id: 'listRecordQuestions',
      path: '/v1/record/questions',
      summary: 'Advance questions, in the order in which they were relayed',
      description: 'By session; grouped in clusters, as the troika ordered them.',
    },
    pageOf(recordQuestion).meta({ id: 'RecordQuestions' }),
  ),
  query: z.strictObject({
    ...pageQuery,
    ...filters,
    askingState: iso3.optional().meta({ description: 'A State that asks' }),
  }),
};
export const getQuestion = {
  ...read(
    {
      id: 'getRecordQuestion',
      path: '/v1/record/questions/{id}',
      summary: 'An advance question, and whether it was answered',
      description: 'The State under review is free to choose which it answers.',
    },
    recordQuestion,
  ),
  ...byId,
};
