import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a body holds that a State persistently does not cooperate: decided by it, never counted. */
export const FINDINGS_OF_COOPERATION = ['persistent', 'not-persistent'] as const;

/** What the Council decided about a State that did not cooperate; it stays as it was written. */
@Entity({ schema: 'casework', name: 'cooperation_decision' })
export class CooperationDecision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cooperation_decision_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') finding!: (typeof FINDINGS_OF_COOPERATION)[number];
  @Column('text') reasons!: string;
  @Column('text') citation!: string;
  @Column('text', { nullable: true }) measures!: string | null;
  @Column('date') decidedOn!: string;
  @Column('text') byRole!: string;
  @Column('timestamptz') recordedAt!: Date;
}
