import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A submission, or a document of the United Nations, as a secretariat cites it. In its desk. */
@Entity({ schema: 'casework', name: 'summary_source' })
export class Source {
  /** The submission's own, where it is one. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'summary_source_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  /** The kind of document that is written from it. */
  @Column('text') kind!: string;
  @Column('uuid', { nullable: true }) documentId!: string | null;
  /** Of a joint submission: 2 of `JS2`. */
  @Column('int', { nullable: true }) jointNumber!: number | null;
  /** How notes name it: `AI`, `JS2`, `CCPR/C/SVN/CO/3`. */
  @Column('text', { nullable: true }) mark!: string | null;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { array: true }) partners!: string[];
  /** Names of partners that are never printed. */
  @Column('text', { array: true }) withheld!: string[];
  @Column('text') standsWith!: 'civil-society' | 'regional' | 'nhri' | 'united-nations';
  @Column('boolean') sealed!: boolean;
  @Column('timestamptz') addedAt!: Date;
  @Column('int') version!: number;
}

/** What was marked in a source: a place in the text of one version of it, or words of its own. */
@Entity({ schema: 'casework', name: 'passage' })
export class Passage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'passage_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: string;
  @Column('uuid') sourceId!: string;
  @Column('int', { nullable: true }) documentVersion!: number | null;
  @Column('text', { nullable: true }) language!: string | null;
  /** UTF-16 units of the kept text; `ends` is the first one behind it. */
  @Column('int', { nullable: true }) begins!: number | null;
  @Column('int', { nullable: true }) ends!: number | null;
  /** SHA-256 of the whole text that they count in. */
  @Column('text', { nullable: true }) digest!: string | null;
  @Column('text', { nullable: true }) words!: string | null;
  /** `para. 24`, `p. 3`. */
  @Column('text') pinpoint!: string;
  @Column('text') theme!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz') markedAt!: Date;
  @Column('int') version!: number;
}

/** A draft. Its version counts changes of its order; each paragraph has a version of its own. */
@Entity({ schema: 'casework', name: 'summary' })
export class Summary {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'summary_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') kind!: string;
  /** In place of the introduction that the procedure's layout gives. */
  @Column('text', { nullable: true }) background!: string | null;
  @Column('int') version!: number;
}

/** What stands in one note: passages by their ids. */
export interface NoteCites {
  readonly passages: readonly string[];
  readonly seeAlso: readonly string[];
}

@Entity({ schema: 'casework', name: 'summary_paragraph' })
export class SummaryParagraph {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'summary_paragraph_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') summaryId!: string;
  @Column('text') theme!: string;
  @Column('int') place!: number;
  /** With `[^1]` where its first note stands, and so on. */
  @Column('text') text!: string;
  @Column('jsonb') notes!: readonly NoteCites[];
  /** The platform wrote it, and nobody has changed it yet. */
  @Column('boolean') proposed!: boolean;
  /** What it said was withdrawn. */
  @Column('boolean') emptied!: boolean;
  @Column('int') version!: number;
}
