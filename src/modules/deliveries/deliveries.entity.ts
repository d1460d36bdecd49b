import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelName } from './register-channels.js';

type DeliveryStatus =
  | 'queued'
  | 'attempted'
  | 'accepted'
  | 'deferred'
  | 'failed'
  | 'withheld'
  | 'declined';

/** A notice on its way by one channel to one recipient. */
@Entity({ schema: 'identity', name: 'delivery' })
export class Delivery {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_pk' }) id!: string;
  @Column('uuid') noticeId!: string;
  @Column('text') channel!: ChannelName;
  @Column('uuid', { nullable: true }) target!: string | null;
  /** 1; more where it was sent again on demand. */
  @Column('int') nth!: number;
  @Column('text', { nullable: true }) reason!: string | null;
  /** Those of one letter leave together. */
  @Column('uuid') letter!: string;
  @Column('text') status!: DeliveryStatus;
  @Column('boolean') again!: boolean;
  @Column('int') attempts!: number;
  @Column('timestamptz') queuedAt!: Date;
  @Column('timestamptz') dueAt!: Date;
  @Column('timestamptz', { nullable: true }) claimedUntil!: Date | null;
  /** When somebody should see whether it is on its way; null once it is settled. */
  @Column('timestamptz', { nullable: true }) lookAt!: Date | null;
  @Column('timestamptz', { nullable: true }) settledAt!: Date | null;
  /** Until when nobody takes it, though it is due: there was no room for it. */
  @Column('timestamptz', { nullable: true }) notBefore!: Date | null;
}

/** One time that it was handed over. */
@Entity({ schema: 'identity', name: 'delivery_attempt' })
export class DeliveryAttempt {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_attempt_pk' }) deliveryId!: string;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'delivery_attempt_pk' }) n!: number;
  @Column('timestamptz') beganAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('text') outcome!: DeliveryStatus | 'cut' | 'bounced';
  @Column('text', { nullable: true }) answer!: string | null;
}
