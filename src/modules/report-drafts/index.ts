export { Particulars } from './particulars.js';
export { ReportDraft, ReportParagraph, ReportParagraphVersion } from './report-drafts.entity.js';
