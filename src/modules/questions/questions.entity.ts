import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A question that States ask in advance; those filed together have one filing. */
@Entity({ schema: 'casework', name: 'question' })
export class Question {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'question_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') filingId!: string;
  @Column('int') n!: number;
  @Column('text') side!: string;
  @Column('text') filedBy!: string;
  /** In whose name it is asked as well: a group of States. */
  @Column('text', { nullable: true }) groupName!: string | null;
  @Column('text') text!: string;
  @Column('timestamptz') filedAt!: Date;
  /** The principal of the State under review, which does not see it until it is relayed. */
  @Column('uuid', { nullable: true }) withheldFrom!: string | null;
  /** The principals of the States that ask it, or are invited to: until then they alone see it. */
  @Column('uuid', { array: true, nullable: true }) askedBy!: readonly string[] | null;
  @Column('timestamptz', { nullable: true }) relayedAt!: Date | null;
  /** The title under which it was relayed, and its number among all. */
  @Column('text', { nullable: true }) cluster!: string | null;
  @Column('int', { nullable: true }) relayedN!: number | null;
  @Column('text', { nullable: true }) answeredIn!: 'report' | 'dialogue' | 'writing' | null;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('timestamptz', { nullable: true }) answeredAt!: Date | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}

/** A State that asks, alone or with others; each confirms for itself. */
@Entity({ schema: 'casework', name: 'asker' })
export class Asker {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'asker_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') questionId!: string;
  @Column('text') iso3!: string;
  @Column('text') status!: 'invited' | 'confirmed' | 'declined' | 'lapsed';
  @Column('timestamptz', { nullable: true }) confirmedAt!: Date | null;
}

/** Questions under one title, in order. */
export interface Cluster {
  readonly title: string;
  readonly questions: readonly string[];
}

/** How the questions of a review are to be grouped when they are relayed. */
@Entity({ schema: 'casework', name: 'clustering' })
export class Clustering {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'clustering_pk' }) proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('jsonb') clusters!: Cluster[];
  /** The principal of the State under review, which does not see it until it is relayed. */
  @Column('uuid', { nullable: true }) withheldFrom!: string | null;
  /** The role that proposed it last. */
  @Column('text') proposedBy!: string;
  @Column('timestamptz') at!: Date;
  @Column('int') version!: number;
}
