import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A text that is composed. Its version counts changes of its order and its particulars. */
@Entity({ schema: 'casework', name: 'report_draft' })
export class ReportDraft {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'report_draft_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  /** Of the document that it becomes. */
  @Column('text') kind!: string;
  /** What its writers filled in, by name. */
  @Column('jsonb') particulars!: Readonly<Record<string, string>>;
  @Column('int') version!: number;
}

/** A paragraph written by hand; its words stand in its versions. */
@Entity({ schema: 'casework', name: 'report_paragraph' })
export class ReportParagraph {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'report_paragraph_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') reportId!: string;
  @Column('text') section!: string;
  @Column('int') place!: number;
  @Column('int') version!: number;
}

/** What a paragraph said, and who wrote it so; null: it was taken out. */
@Entity({ schema: 'casework', name: 'report_paragraph_version' })
export class ReportParagraphVersion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'report_paragraph_version_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') paragraphId!: string;
  @Column('int') n!: number;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('text') bySide!: string;
  @Column('timestamptz') writtenAt!: Date;
}
