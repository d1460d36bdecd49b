import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'reference', name: 'cycle' })
export class Cycle {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'cycle_pk' }) id!: string;
  @Column('text') mechanism!: string;
  @Column('int') number!: number;
  @Column('date') starts!: string;
  @Column('date', { nullable: true }) ends!: string | null;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('boolean') verified!: boolean;
}

/** `dates` and `hours` override the procedure's rules, by the key of the deadline. */
@Entity({ schema: 'reference', name: 'session' })
export class Session {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_pk' }) id!: string;
  @Column('uuid') cycleId!: string;
  @Column('text') mechanism!: string;
  @Column('int') number!: number;
  @Column('text') title!: string;
  @Column('date') starts!: string;
  @Column('date') ends!: string;
  @Column('jsonb') dates!: Record<string, string>;
  @Column('jsonb') hours!: Record<string, string>;
  @Column('int') version!: number;
}

/** The place of one State in a session: its dialogue, and its hour in the plenary. */
@Entity({ schema: 'reference', name: 'slot' })
export class Slot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'slot_pk' }) id!: string;
  @Column('uuid') sessionId!: string;
  @Column('text') iso3!: string;
  @Column('timestamptz') starts!: Date;
  @Column('timestamptz') ends!: Date;
  @Column('timestamptz', { nullable: true }) outcomeStarts!: Date | null;
  @Column('int') version!: number;
}

@Entity({ schema: 'reference', name: 'slot_change' })
export class SlotChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'slot_change_pk' }) id!: string;
  @Column('uuid') slotId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') byRole!: string;
  @Column('text') reason!: string;
  @Column('jsonb') was!: Record<string, string | null>;
  @Column('jsonb') isNow!: Record<string, string | null>;
}

@Entity({ schema: 'reference', name: 'session_change' })
export class SessionChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_change_pk' }) id!: string;
  @Column('uuid') sessionId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') byRole!: string;
  @Column('text') reason!: string;
  @Column('jsonb') was!: object;
  @Column('jsonb') isNow!: object;
}
