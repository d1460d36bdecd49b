import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { ExportSummary } from './export-summary.js';
import * as marking from './passages.schemas.js';
import { PassagesService } from './passages.service.js';
import * as reading from './sources.schemas.js';
import { SourcesService } from './sources.service.js';
import * as op from './summaries.schemas.js';
import { SummariesService } from './summaries.service.js';
import { WriteParagraph } from './write-paragraph.js';

@Controller()
export class SummariesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly passages: PassagesService,
    private readonly summaries: SummariesService,
    private readonly writing: WriteParagraph,
    private readonly exporting: ExportSummary,
  ) {}

  @Route(reading.listSources)
  listSources(@In() input: Input<typeof reading.listSources>) {
    return this.sources.list(input);
  }

  @Route(reading.addSource)
  addSource(@In() input: Input<typeof reading.addSource>) {
    return this.sources.add(input);
  }

  @Route(reading.getSource)
  getSource(@In() input: Input<typeof reading.getSource>) {
    return this.sources.get(input);
  }

  @Route(reading.putSource)
  putSource(@In() input: Input<typeof reading.putSource>) {
    return this.sources.put(input);
  }

  @Route(reading.listParagraphs)
  listParagraphs(@In() input: Input<typeof reading.listParagraphs>) {
    return this.sources.paragraphs(input);
  }

  @Route(marking.listPassages)
  listPassages(@In() input: Input<typeof marking.listPassages>) {
    return this.passages.list(input);
  }

  @Route(marking.markPassage)
  markPassage(@In() input: Input<typeof marking.markPassage>) {
    return this.passages.mark(input);
  }

  @Route(marking.putPassage)
  putPassage(@In() input: Input<typeof marking.putPassage>) {
    return this.passages.put(input);
  }

  @Route(marking.removePassage)
  removePassage(@In() input: Input<typeof marking.removePassage>) {
    return this.passages.remove(input);
  }

  @Route(op.getSummary)
  getSummary(@In() input: Input<typeof op.getSummary>) {
    return this.summaries.get(input);
  }

  @Route(op.putSummary)
  putSummary(@In() input: Input<typeof op.putSummary>) {
    return this.summaries.put(input);
  }

  @Route(op.addParagraph)
  addParagraph(@In() input: Input<typeof op.addParagraph>) {
    return this.writing.add(input);
  }

  @Route(op.getParagraph)
  getParagraph(@In() input: Input<typeof op.getParagraph>) {
    return this.summaries.paragraph(input);
  }

  @Route(op.putParagraph)
  putParagraph(@In() input: Input<typeof op.putParagraph>) {
    return this.writing.put(input);
  }

  @Route(op.removeParagraph)
  removeParagraph(@In() input: Input<typeof op.removeParagraph>) {
    return this.writing.remove(input);
  }

  @Route(op.exportSummary)
  exportSummary(@In() input: Input<typeof op.exportSummary>) {
    return this.exporting.download(input);
  }

  @Route(op.fileSummary)
  fileSummary(@In() input: Input<typeof op.fileSummary>) {
    return this.exporting.file(input);
  }
}
