import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'casework', name: 'proceeding' })
export class Proceeding {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'proceeding_pk' }) id!: string;
  @Column('text') mechanism!: string;
  @Column('int') mechanismVersion!: number;
  /** The State under review, or the Party concerned: alpha-3. */
  @Column('text') subject!: string;
  @Column('uuid', { nullable: true }) slotId!: string | null;
  /** What set it off, where it has no place in a calendar. */
  @Column('text', { nullable: true }) trigger!: string | null;
  /** What it is called once it is registered. */
  @Column('text', { nullable: true }) caseNumber!: string | null;
  @Column('text') status!: string;
  @Column('timestamptz') enteredAt!: Date;
  @Column('timestamptz') openedAt!: Date;
  @Column('boolean') test!: boolean;
  /** Its id in the record, once anything of it was published. */
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}

@Entity({ schema: 'casework', name: 'stage_entry' })
export class StageEntry {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stage_entry_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') stage!: string;
  @Column('text', { nullable: true }) move!: string | null;
  @Column('text') byRole!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz') enteredAt!: Date;
  @Column('int') n!: number;
}

@Entity({ schema: 'casework', name: 'participant' })
export class Participant {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'participant_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') role!: string;
  @Column('uuid') principalId!: string;
  @Column('text') basis!: string;
  @Column('timestamptz') recordedAt!: Date;
}

/** A side that owns a desk and a tray of filings here. */
@Entity({ schema: 'casework', name: 'side' })
export class Side {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'side_pk' }) proceedingId!: string;
  @Column('text') compartment!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'side_pk' }) principalId!: string;
}

/** A side that is in on a compartment that several share: in its own desk, hidden from the others. */
@Entity({ schema: 'casework', name: 'circle' })
export class Circle {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'circle_pk' }) proceedingId!: string;
  @Column('text') compartment!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'circle_pk' }) circle!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'circle_pk' }) principalId!: string;
}

@Entity({ schema: 'casework', name: 'deadline' })
export class Deadline {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deadline_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') key!: string;
  @Column('text') owedBy!: string;
  @Column('timestamptz') anchorAt!: Date;
  @Column('timestamptz') due!: Date;
  @Column('text') dueLocal!: string;
  @Column('text') zone!: string;
  @Column('text') status!: 'pending' | 'met' | 'lapsed' | 'cancelled';
  /** When what it asks for was done, in time or late. */
  @Column('timestamptz', { nullable: true }) metAt!: Date | null;
  @Column('timestamptz', { nullable: true }) lapsedAt!: Date | null;
  @Column('int') extensions!: number;
  @Column('int') version!: number;
  /** When the clock next looks whether somebody is to be reminded of it; null for nothing more. */
  @Column('timestamptz', { nullable: true }) remindAt!: Date | null;
}

@Entity({ schema: 'casework', name: 'deadline_change' })
export class DeadlineChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deadline_change_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('uuid') deadlineId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') what!: 'set' | 'met' | 'lapsed' | 'recomputed' | 'cancelled';
  @Column('timestamptz', { nullable: true }) was!: Date | null;
  @Column('timestamptz') isNow!: Date;
  @Column('text', { nullable: true }) reason!: string | null;
}
