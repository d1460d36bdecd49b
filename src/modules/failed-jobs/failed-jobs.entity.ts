import { Column, Entity, PrimaryColumn } from 'typeorm';

export type FailedJobStatus = 'open' | 'retrying' | 'discarding' | 'healed' | 'discarded';

/** What an administrator decided about it, by whose hand. */
export interface FailedJobAct {
  readonly act: 'retry' | 'discard';
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** A job that failed; the worker alone writes it, but for what is decided. */
@Entity({ schema: 'identity', name: 'failed_job' })
export class FailedJob {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'failed_job_pk' }) id!: string;
  @Column('text') lane!: 'work' | 'letters';
  @Column('text') name!: string;
  /** Ids alone. */
  @Column('jsonb') data!: object;
  /** The same for whatever is to do the same. */
  @Column('text') key!: string;
  @Column('text') error!: string;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('int') times!: number;
  @Column('timestamptz') firstFailedAt!: Date;
  @Column('timestamptz') lastFailedAt!: Date;
  @Column('text') status!: FailedJobStatus;
  /** When what was decided was begun. */
  @Column('timestamptz', { nullable: true }) carriedAt!: Date | null;
  /** In their order. */
  @Column('jsonb') acts!: readonly FailedJobAct[];
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  @Column('int') version!: number;
}
