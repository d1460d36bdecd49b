import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WordingEntry } from './wordings.rules.js';

/** A text that a recommendation had, or was to have; of a split, the texts of its parts. */
@Entity({ schema: 'casework', name: 'wording' })
export class Wording {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'wording_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') recommendationId!: string;
  @Column('int') n!: number;
  @Column('text') kind!: WordingEntry['kind'];
  @Column('text') bySide!: string;
  @Column('text', { array: true }) texts!: string[];
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('int', { nullable: true }) replaces!: number | null;
  @Column('text') status!: WordingEntry['status'];
  @Column('timestamptz') proposedAt!: Date;
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  /** Of a split: the side that decided, and why. */
  @Column('text', { nullable: true }) decidedBy!: string | null;
  @Column('text', { nullable: true }) decision!: string | null;
}

/** What a State that stands under a recommendation says to one of its wordings. */
@Entity({ schema: 'casework', name: 'wording_answer' })
export class WordingAnswer {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'wording_answer_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') wordingId!: string;
  @Column('text') iso3!: string;
  @Column('boolean') accepted!: boolean;
  @Column('timestamptz') answeredAt!: Date;
}
