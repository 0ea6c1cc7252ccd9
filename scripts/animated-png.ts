import { crc32 } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

type Chunk = { type: string; data: Buffer };
export type Frame = { png: Buffer; showMs: number };

/**
 * Joins pictures of the same size into one that moves, for ever. Browsers that know no animation show the first.
 *
 * @see https://www.w3.org/TR/png-3/#apng-frame-based-animation
 */
export function animate(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error("an animation has frames");
  const header = chunksOf(first.png).find(({ type }) => type === "IHDR");
  if (header === undefined) throw new Error("a picture without a header");
  let sequence = 0;
  const bodies = frames.flatMap(({ png, showMs }, index) => {
    const control = frameControl(sequence, header.data, showMs);
    sequence += 1;
    const data = chunksOf(png).filter(({ type }) => type === "IDAT");
    if (index === 0) return [control, ...data];
    const numbered = data.map((chunk) => {
      const numberedData = Buffer.concat([uint32(sequence), chunk.data]);
      sequence += 1;
      return { type: "fdAT", data: numberedData };
    });
    return [control, ...numbered];
  });
  const animation = { type: "acTL", data: Buffer.concat([uint32(frames.length), uint32(0)]) };
  const chunks = [header, animation, ...bodies, { type: "IEND", data: Buffer.alloc(0) }];
  return Buffer.concat([SIGNATURE, ...chunks.map(write)]);
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** The whole picture, drawn over the one before. */
function frameControl(sequence: number, header: Buffer, showMs: number): Chunk {
  const size = header.subarray(0, 8);
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(showMs, 0);
  delay.writeUInt16BE(1000, 2);
  return { type: "fcTL", data: Buffer.concat([uint32(sequence), size, uint32(0), uint32(0), delay]) };
}

function write({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
