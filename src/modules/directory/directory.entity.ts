import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A State's term on a body. Dates are ISO calendar dates. */
@Entity({ schema: 'reference', name: 'body_seat' })
export class BodySeat {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'body_seat_pk' }) id!: string;
  @Column('text') bodyKey!: string;
  @Column('text') iso3!: string;
  @Column('date') validFrom!: string;
  @Column('date', { nullable: true }) validUntil!: string | null;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('boolean') verified!: boolean;
}
