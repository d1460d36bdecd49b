import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * One root over the heads of many chains. A head stands as a leaf, with a salt, at a random place
 * of a tree of fixed depth; whatever stands in no place is random too. So neither the root nor
 * the length or content of a path tells how many chains there are, or which.
 */
export const DEPTH = 48;

/** The root before the first. */
export const NO_ROOT = '0'.repeat(64);

export interface ChainHead {
  readonly n: number;
  readonly hash: string;
}

/** The way from a head up to the root of the tree. */
export interface HeadPath {
  /** In hexadecimal digits. */
  readonly salt: string;
  /** One digit a level, from the leaf up: `1` where it is the right one of two. */
  readonly position: string;
  /** The other one at each level, from the leaf up. */
  readonly path: readonly string[];
}

/** A link of the chain of roots: each takes in the one before. */
interface RootLink {
  /** ISO date. */
  readonly day: string;
  readonly tree: string;
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const ROOT = Buffer.from([2]);

const leafOf = ({ n, hash }: ChainHead, salt: Buffer): Buffer =>
  sha256(LEAF, salt, `${n}\n${hash}`);
const nodeOf = (left: Buffer, right: Buffer): Buffer => sha256(NODE, left, right);

/** SHA-256 of 2, the root before and the tree (as bytes) and the day. */
export const rootOf = (previous: string, { day, tree }: RootLink): string =>
  sha256(ROOT, Buffer.from(previous, 'hex'), Buffer.from(tree, 'hex'), day).toString('hex');

/** The root of the tree to which a path leads from a head. */
export function treeOf(head: ChainHead, { salt, position, path }: HeadPath): string {
  let node = leafOf(head, Buffer.from(salt, 'hex'));
  for (const [level, other] of path.entries()) {
    const beside = Buffer.from(other, 'hex');
    node = position[level] === '1' ? nodeOf(beside, node) : nodeOf(node, beside);
  }
  return node.toString('hex');
}

interface Placed {
  readonly index: number;
  /** From the root down. */
  readonly place: string;
  readonly leaf: Buffer;
}

/**
 * The tree over these heads, and the path of each, in their order. Nothing of it can be made
 * again: places, salts and everything between are drawn anew each time.
 */
export function growTree(heads: readonly ChainHead[]): { tree: string; paths: HeadPath[] } {
  const secret = randomBytes(32);
  const salts = heads.map(() => randomBytes(32));
  const places = drawPlaces(heads.length);
  const paths = heads.map((_, index) => ({
    salt: salts[index]!.toString('hex'),
    position: [...places[index]!].toReversed().join(''),
    path: [] as string[],
  }));
  const filler = (place: string): Buffer => createHmac('sha256', secret).update(place).digest();
  /** The node over those placed, which all begin with this; each gets its path, from the leaf up. */
  const grow = (prefix: string, placed: readonly Placed[]): Buffer => {
    if (placed.length === 0) return filler(prefix);
    if (prefix.length === DEPTH) return placed[0]!.leaf;
    const [left, right] = ['0', '1'].map((side) =>
      placed.filter(({ place }) => place[prefix.length] === side),
    ) as [Placed[], Placed[]];
    const [a, b] = [grow(`${prefix}0`, left), grow(`${prefix}1`, right)];
    for (const { index } of left) paths[index]!.path.push(b.toString('hex'));
    for (const { index } of right) paths[index]!.path.push(a.toString('hex'));
    return nodeOf(a, b);
  };
  const placed = heads.map((head, index) => ({
    index,
    place: places[index]!,
    leaf: leafOf(head, salts[index]!),
  }));
  return { tree: grow('', placed).toString('hex'), paths };
}

/** So many different random places. */
function drawPlaces(count: number): string[] {
  const places = new Set<string>();
  while (places.size < count) {
    const bits = [...randomBytes(DEPTH / 8)].map((byte) => byte.toString(2).padStart(8, '0'));
    places.add(bits.join(''));
  }
  return [...places];
}
