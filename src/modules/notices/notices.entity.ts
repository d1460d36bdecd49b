import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Urgency } from '../../kernel/audience.js';

/** That somebody is told of an entry of the journal. */
@Entity({ schema: 'identity', name: 'notice' })
export class Notice {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'notice_pk' }) id!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') entryId!: string;
  @Column('text') urgency!: Urgency;
  @Column('timestamptz') toldAt!: Date;
  @Column('timestamptz', { nullable: true }) readAt!: Date | null;
  @Column('timestamptz', { nullable: true }) archivedAt!: Date | null;
}
