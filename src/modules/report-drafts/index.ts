export { ReportDraft, ReportParagraph, ReportParagraphVersion } from './report-drafts.entity.js';
