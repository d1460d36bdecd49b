import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A reminder that was given: one step, for one due instant, in one desk. */
@Entity({ schema: 'casework', name: 'reminder' })
export class Reminder {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reminder_pk' }) deadlineId!: string;
  /** For which it was counted: one that moves is reminded of anew. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'reminder_pk' }) due!: Date;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'reminder_pk' })
  what!: 'approaching' | 'overdue' | 'escalated';
  /** The step of the schedule: days ahead, negative when overdue. */
  @PrimaryColumn('int', { primaryKeyConstraintName: 'reminder_pk' }) days!: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'reminder_pk' }) compartment!: string;
  @Column('uuid') proceedingId!: string;
  @Column('timestamptz') at!: Date;
}
