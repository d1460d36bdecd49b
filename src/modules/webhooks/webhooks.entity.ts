import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a person has notices posted to. */
@Entity({ schema: 'identity', name: 'webhook' })
export class Webhook {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_pk' }) id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') url!: string;
  @Column('text') description!: string;
  /** Null: whatever happened. */
  @Column('text', { array: true, nullable: true }) events!: string[] | null;
  @Column('text') status!: 'active' | 'off';
  @Column('text', { nullable: true }) offWhy!:
    | 'by-owner'
    | 'failing'
    | 'gone'
    | 'access-ended'
    | null;
  @Column('timestamptz', { nullable: true }) offSince!: Date | null;
  @Column('timestamptz', { nullable: true }) failingSince!: Date | null;
  @Column('int') failures!: number;
  @Column('timestamptz', { nullable: true }) retryAt!: Date | null;
  @Column('timestamptz', { nullable: true }) previousUntil!: Date | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('int') version!: number;
}
