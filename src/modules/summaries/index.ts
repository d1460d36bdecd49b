export { Passage, Source, Summary, SummaryParagraph } from './summaries.entity.js';
