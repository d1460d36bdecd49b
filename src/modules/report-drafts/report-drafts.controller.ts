import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { ExportReport } from './export-report.js';
import { ReportDraftsService } from './report-drafts.service.js';
import * as op from './report-drafts.schemas.js';
import * as files from './report-files.schemas.js';
import { WriteParagraph } from './write-paragraph.js';

@Controller()
export class ReportDraftsController {
  constructor(
    private readonly drafts: ReportDraftsService,
    private readonly writing: WriteParagraph,
    private readonly exporting: ExportReport,
  ) {}

  @Route(op.getReport)
  get(@In() input: Input<typeof op.getReport>) {
    return this.drafts.get(input);
  }

  @Route(op.putReport)
  put(@In() input: Input<typeof op.putReport>) {
    return this.drafts.put(input);
  }

  @Route(op.labelByReport)
  label(@In() input: Input<typeof op.labelByReport>) {
    return this.drafts.label(input);
  }

  @Route(op.addReportParagraph)
  add(@In() input: Input<typeof op.addReportParagraph>) {
    return this.writing.add(input);
  }

  @Route(op.getReportParagraph)
  paragraph(@In() input: Input<typeof op.getReportParagraph>) {
    return this.writing.get(input);
  }

  @Route(op.putReportParagraph)
  write(@In() input: Input<typeof op.putReportParagraph>) {
    return this.writing.put(input);
  }

  @Route(op.removeReportParagraph)
  remove(@In() input: Input<typeof op.removeReportParagraph>) {
    return this.writing.remove(input);
  }

  @Route(files.exportReport)
  content(@In() input: Input<typeof files.exportReport>) {
    return this.exporting.download(input);
  }

  @Route(files.fileReport)
  file(@In() input: Input<typeof files.fileReport>) {
    return this.exporting.file(input);
  }
}
