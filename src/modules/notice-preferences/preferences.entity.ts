import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Digest } from '../../kernel/telling.js';

/** How somebody wishes to be told. */
@Entity({ schema: 'identity', name: 'manner' })
export class Manner {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'manner_pk' }) accountId!: string;
  @Column('text') mail!: 'all' | 'urgent';
  @Column('text') zone!: string;
  @Column('text', { nullable: true }) quietFrom!: string | null;
  @Column('text', { nullable: true }) quietTo!: string | null;
  @Column('smallint', { nullable: true, array: true }) quietDays!: number[] | null;
  @Column('text') digest!: Digest;
  @Column('text') digestAt!: string;
  @Column('smallint') digestOn!: number;
  @Column('text', { array: true }) muted!: string[];
  @Column('int') version!: number;
}
