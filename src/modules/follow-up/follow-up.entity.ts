import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AssessmentBody } from '../record/index.js';

/** What a side says of how a recommendation is implemented: a draft in its desk, then its word. */
@Entity({ schema: 'casework', name: 'assessment' })
export class Assessment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assessment_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  /** As the record names it, which everybody reads; of a rehearsal, as casework does. */
  @Column('uuid') recommendationId!: string;
  @Column('text') label!: string;
  @Column('text') side!: string;
  @Column('text') kind!: AssessmentBody['kind'];
  @Column('text') grade!: string;
  @Column('text') text!: string;
  @Column('jsonb') evidence!: AssessmentBody['evidence'];
  @Column('date') asOf!: string;
  /** A word that was given is never changed: a later one of the same side supersedes it. */
  @Column('text') status!: 'draft' | 'given' | 'superseded';
  @Column('timestamptz') preparedAt!: Date;
  @Column('timestamptz', { nullable: true }) givenAt!: Date | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}
