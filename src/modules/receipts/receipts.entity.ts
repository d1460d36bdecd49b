import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed receipt of a filing, in the desk of who filed; never changed. */
@Entity({ schema: 'casework', name: 'receipt' })
export class Receipt {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'receipt_pk' }) id!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  /** What was filed: a document, or whatever else is. */
  @Column('uuid') subjectId!: string;
  @Column('int') version!: number;
  @Column('text') language!: string;
  @Column('boolean') original!: boolean;
  /** What was signed, in its canonical text. */
  @Column('text') body!: string;
  @Column('text') signature!: string;
  @Column('text') keyId!: string;
}

/** What opens a receipt's digest; gone once the content was withdrawn. */
@Entity({ schema: 'casework', name: 'receipt_opening' })
export class ReceiptOpening {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'receipt_opening_pk' }) receiptId!: string;
  @Column('uuid') proceedingId!: string;
  @Column('text') compartment!: string;
  @Column('text') salt!: string;
  @Column('text') sha256!: string;
}
