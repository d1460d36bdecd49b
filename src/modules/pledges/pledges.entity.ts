import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the State under review promises of itself. */
@Entity({ schema: 'casework', name: 'pledge' })
export class Pledge {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pledge_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') side!: string;
  @Column('text') text!: string;
  @Column('text') status!: 'draft' | 'submitted';
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('uuid', { nullable: true }) publicId!: string | null;
  @Column('int') version!: number;
}
