import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An organization that a side has named to help it prepare in one proceeding. */
@Entity({ schema: 'casework', name: 'assistant' })
export class Assistant {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assistant_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  /** The tray of the side that is helped. */
  @Column('text') compartment!: string;
  /** The side that is helped. */
  @Column('text') side!: string;
  @Column('uuid') principalId!: string;
  @Column('text') status!: 'named' | 'accepted' | 'declined' | 'ended';
  @Column('timestamptz') namedAt!: Date;
  @Column('timestamptz', { nullable: true }) acceptedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('int') version!: number;
}
