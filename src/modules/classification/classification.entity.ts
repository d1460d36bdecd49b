import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DecidedFacets, ProposedFacets } from './standing.rules.js';

/** One act of saying what a recommendation is about; never changed, the next one follows it. */
@Entity({ schema: 'casework', name: 'classification' })
export class ClassificationAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'classification_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') recommendationId!: string;
  /** Its place among the acts on one recommendation, from 1. */
  @Column('int') n!: number;
  @Column('text') by!: 'machine' | 'human';
  /** Whose people said it. */
  @Column('text', { nullable: true }) side!: string | null;
  @Column('timestamptz') at!: Date;
  /** Version of the method that proposed it. */
  @Column('int', { nullable: true }) method!: number | null;
  @Column('jsonb') facets!: ProposedFacets | DecidedFacets;
}

/** One decision on whether a recommendation repeats one of the record; the next one follows it. */
@Entity({ schema: 'casework', name: 'repeat' })
export class RepeatDecision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'repeat_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') recommendationId!: string;
  @Column('int') n!: number;
  /** In the record. */
  @Column('uuid') ofId!: string;
  @Column('boolean') repeats!: boolean;
  @Column('text') side!: string;
  @Column('timestamptz') at!: Date;
}
