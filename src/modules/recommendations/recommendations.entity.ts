import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Classification } from '../record/index.js';

@Entity({ schema: 'casework', name: 'recommendation' })
export class Recommendation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recommendation_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  /** The State that made it, as a side. */
  @Column('text') side!: string;
  @Column('text') filedBy!: string;
  @Column('text') text!: string;
  /** As printed in the report: opaque. */
  @Column('text', { nullable: true }) label!: string | null;
  @Column('text', { nullable: true }) labelOrder!: string | null;
  /** `split`: its parts stand for it; `withdrawn`: all its States took their names away. */
  @Column('text') status!: 'draft' | 'submitted' | 'split' | 'adopted' | 'lapsed' | 'withdrawn';
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  /** What it is about, as it stands; null until its words were read. */
  @Column('jsonb', { nullable: true }) classification!: Classification | null;
  /** Recommendations of the record that it repeats, as a person confirmed. */
  @Column('uuid', { array: true, nullable: true }) repeatOf!: string[] | null;
  @Column('int') version!: number;
  /** The number of the wording whose text this is. */
  @Column('int') wording!: number;
  /** The recommendation that this is a part of, and its place among the parts. */
  @Column('uuid', { nullable: true }) wholeId!: string | null;
  @Column('int', { nullable: true }) part!: number | null;
}

/** A State that makes a recommendation, alone or with others; each confirms for itself. */
@Entity({ schema: 'casework', name: 'recommender' })
export class Recommender {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recommender_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') recommendationId!: string;
  @Column('text') iso3!: string;
  @Column('text') status!: 'invited' | 'confirmed' | 'declined' | 'withdrawn' | 'lapsed';
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) withdrawnAt!: Date | null;
}

/** An answer of the State under review: a draft in its desk, then the one that stands. */
@Entity({ schema: 'casework', name: 'position' })
export class Position {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'position_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') recommendationId!: string;
  @Column('text') position!: string;
  @Column('text', { nullable: true }) statedPosition!: string | null;
  @Column('text', { nullable: true }) comment!: string | null;
  /** `room`, or `writing` (the addendum). */
  @Column('text', { nullable: true }) givenIn!: string | null;
  @Column('text') status!: 'draft' | 'given' | 'superseded' | 'deemed';
  @Column('timestamptz') preparedAt!: Date;
  @Column('timestamptz', { nullable: true }) givenAt!: Date | null;
  @Column('int') version!: number;
}
