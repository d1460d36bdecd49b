import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A secret address under which a calendar program reads as its owner. */
@Entity({ schema: 'identity', name: 'calendar_feed' })
export class CalendarFeed {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_feed_pk' }) id!: string;
  @Column('uuid') accountId!: string;
  @Column('text') name!: string;
  @Column('text') secretHash!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}
