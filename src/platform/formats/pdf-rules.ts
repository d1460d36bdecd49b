/** What of a PDF's objects may be copied. Names of the PDF reference, without their slash. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const PAGE = words(`
  Type MediaBox CropBox BleedBox TrimBox ArtBox Rotate Resources Contents UserUnit Group`);

export const IMAGE = words(`
  Type Subtype Name Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode
  Interpolate SMask SMaskInData Matte Filter DecodeParms Length OC`);

export const FORM = words(`
  Type Subtype Name FormType BBox Matrix Resources Group OC Filter DecodeParms Length`);

/** Of a stream: where its content lies in another file. */
export const OUTSIDE = words('F FFilter FDecodeParms');

/** Of any other object: what tells of its making, what runs, what lies outside. */
export const DROPPED = words(`
  Metadata PieceInfo LastModified Thumb AA OPI AF Measure PtData StructParent StructParents
  Ref Alternates ID Private CreatorInfo EF RF JS OpenAction Parent`);

/** Annotations by what they are to a reader who looks for what is told. */
export const ATTACHMENTS = words('FileAttachment Sound Movie Screen RichMedia 3D');
