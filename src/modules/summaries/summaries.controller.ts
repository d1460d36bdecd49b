import { Controller } from '@nestjs/common';
import { In, Route, type Input } from '../../platform/http/operation.js';
import { ExportSummary } from './export-summary.js';
import * as passages from './passages.schemas.js';
import { PassagesService } from './passages.service.js';
import * as sources from './sources.schemas.js';
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

  @Route(sources.listSources)
  listSources(@In() input: Input<typeof sources.listSources>) {
    return this.sources.list(input);
  }

  @Route(sources.addSource)
  addSource(@In() input: Input<typeof sources.addSource>) {
    return this.sources.add(input);
  }

  @Route(sources.getSource)
  getSource(@In() input: Input<typeof sources.getSource>) {
    return this.sources.get(input);
  }

  @Route(sources.putSource)
  putSource(@In() input: Input<typeof sources.putSource>) {
    return this.sources.put(input);
  }

  @Route(sources.listParagraphs)
  listParagraphs(@In() input: Input<typeof sources.listParagraphs>) {
    return this.sources.paragraphs(input);
  }

  @Route(passages.listPassages)
  listPassages(@In() input: Input<typeof passages.listPassages>) {
    return this.passages.list(input);
  }

  @Route(passages.markPassage)
  markPassage(@In() input: Input<typeof passages.markPassage>) {
    return this.passages.mark(input);
  }

  @Route(passages.putPassage)
  putPassage(@In() input: Input<typeof passages.putPassage>) {
    return this.passages.put(input);
  }

  @Route(passages.removePassage)
  removePassage(@In() input: Input<typeof passages.removePassage>) {
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
