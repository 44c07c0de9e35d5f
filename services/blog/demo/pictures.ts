// The demo's pictures, drawn by code: soft hills, loaves, wheels, seeds and lanterns in few colours, as PNG files.
// The same name always gives the same bytes, so that storing them again does no work.

import { crc32, deflateSync } from "node:zlib";

const width = 960;
const height = 640;

type Colour = readonly [red: number, green: number, blue: number];
/** The colour at a point; x and y run from 0 to 1. */
type Drawing = (x: number, y: number) => Colour;

const cream: Colour = [250, 241, 226];
const rose: Colour = [186, 63, 84];
const ash: Colour = [84, 86, 92];
const leaf: Colour = [92, 128, 84];
const straw: Colour = [228, 178, 92];
const sky: Colour = [176, 204, 214];
const night: Colour = [38, 44, 66];

const aspect = width / height;

function mix(one: Colour, other: Colour, part: number): Colour {
  // Most shapes are elsewhere: this line is what makes drawing quick.
  if (part <= 0) return one;
  const at = Math.min(1, part);
  return [
    one[0] + (other[0] - one[0]) * at,
    one[1] + (other[1] - one[1]) * at,
    one[2] + (other[2] - one[2]) * at,
  ];
}

/** 1 inside a circle, 0 outside, with a soft edge. */
function disc(x: number, y: number, centreX: number, centreY: number, radius: number): number {
  const distance = Math.hypot((x - centreX) * aspect, y - centreY);
  return Math.min(1, Math.max(0, (radius - distance) * 300));
}

function hills(x: number, y: number): Colour {
  let colour = mix(cream, sky, y * 0.9);
  colour = mix(colour, straw, disc(x, y, 0.74, 0.3, 0.13));
  const layers: [Colour, number, number, number][] = [
    [[168, 186, 150], 0.52, 5.1, 0.4],
    [[128, 156, 116], 0.64, 7.3, 2.1],
    [leaf, 0.76, 4.2, 4.4],
    [[62, 92, 64], 0.88, 6.4, 1.2],
  ];
  for (const [tone, level, pace, shift] of layers) {
    const edge = level + 0.05 * Math.sin(x * pace + shift) + 0.02 * Math.sin(x * pace * 2.7 + shift * 3);
    colour = mix(colour, tone, (y - edge) * 400);
  }
  return colour;
}

function loaves(x: number, y: number): Colour {
  let colour = mix([246, 226, 200], [232, 200, 164], y);
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      const centreX = 0.16 + column * 0.23 + (row % 2) * 0.06;
      const centreY = 0.24 + row * 0.28;
      const across = (x - centreX) / 0.09;
      const down = (y - centreY) / 0.085;
      const inside = 1 - across * across - down * down;
      colour = mix(colour, [120, 70, 38], (inside + 0.12) * 12);
      colour = mix(colour, mix([176, 108, 54], straw, 0.5 - down * 0.5), inside * 14);
      const cut = Math.abs(((across + down * 0.35) % 0.6) - (across < -down * 0.35 ? -0.3 : 0.3));
      if (inside > 0.25) colour = mix(colour, cream, (0.06 - cut) * 20);
    }
  }
  return colour;
}

function wheels(x: number, y: number): Colour {
  let colour = mix([222, 230, 228], [190, 204, 204], y);
  const all: [number, number, number, Colour][] = [
    [0.27, 0.58, 0.27, ash],
    [0.73, 0.58, 0.27, ash],
    [0.5, 0.3, 0.1, rose],
  ];
  for (const [centreX, centreY, radius, tone] of all) {
    const distance = Math.hypot((x - centreX) * aspect, y - centreY);
    const angle = Math.atan2(y - centreY, (x - centreX) * aspect);
    const spoke = Math.abs(Math.sin(angle * 9)) * distance;
    if (distance < radius) colour = mix(colour, [150, 154, 158], (0.006 - spoke) * 260);
    colour = mix(colour, tone, (0.016 - Math.abs(distance - radius)) * 260);
    colour = mix(colour, rose, (0.03 - distance) * 260);
  }
  return colour;
}

/** Seeds as they lie in a sunflower: each turned by the golden angle from the one before. */
const spiral = Array.from({ length: 90 }, (_, index) => {
  const turn = index * 2.399963;
  const reach = 0.045 * Math.sqrt(index);
  return { turn, centreX: Math.cos(turn) * reach, centreY: Math.sin(turn) * reach };
});

function seeds(x: number, y: number): Colour {
  let colour = mix([96, 72, 56], [70, 52, 42], y);
  for (let index = 0; index < spiral.length; index += 1) {
    const { turn, centreX, centreY } = spiral[index]!;
    const across = (x - 0.5) * aspect - centreX;
    const down = y - 0.5 - centreY;
    if (across * across + down * down > 0.001) continue;
    const along = across * Math.cos(turn) + down * Math.sin(turn);
    const beside = -across * Math.sin(turn) + down * Math.cos(turn);
    const inside = 1 - (along / 0.02) ** 2 - (beside / 0.011) ** 2;
    if (inside > -0.2)
      colour = mix(colour, index % 3 === 0 ? straw : index % 3 === 1 ? leaf : cream, inside * 8);
  }
  return colour;
}

function lanterns(x: number, y: number): Colour {
  let colour = mix(night, [92, 62, 88], y * y);
  for (let index = 0; index < 7; index += 1) {
    const centreX = 0.08 + index * 0.14;
    const centreY = 0.36 + 0.1 * Math.sin(index * 1.9);
    const distance = Math.hypot((x - centreX) * aspect, y - centreY);
    const glow = distance > 0.6 ? 0 : Math.exp(-distance * 9);
    colour = mix(colour, [255, 206, 130], glow * 0.7);
    colour = mix(
      colour,
      index % 2 === 0 ? [255, 228, 176] : [242, 146, 120],
      disc(x, y, centreX, centreY, 0.055),
    );
    if (y < centreY) colour = mix(colour, ash, (0.0016 - Math.abs(x - centreX)) * 900);
  }
  return colour;
}

function squares(x: number, y: number): Colour {
  const tones = [rose, cream, straw, leaf, sky, ash];
  const column = Math.floor(x * 12);
  const row = Math.floor(y * 8);
  const tone = tones[(column * 7 + row * 5 + ((column * row) % 3)) % tones.length]!;
  const edge = Math.min((x * 12) % 1, (y * 8) % 1, 1 - ((x * 12) % 1), 1 - ((y * 8) % 1));
  return mix(mix(tone, cream, 0.15), cream, (0.05 - edge) * 30);
}

const drawings: Readonly<Record<string, Drawing>> = { hills, loaves, wheels, seeds, lanterns, squares };

/** The PNG file of a picture, such as "hills.png"; null for a name that is not drawn here. */
export function drawPicture(file: string): Uint8Array | null {
  const name = /^([a-z]+)\.png$/.exec(file)?.[1] ?? "";
  const drawing = Object.hasOwn(drawings, name) ? drawings[name] : undefined;
  return drawing ? writePng(drawing) : null;
}

/** PNG as of RFC 2083: 8 bits of red, green and blue, each row told by its difference from the pixel before. */
function writePng(drawing: Drawing): Uint8Array {
  const stride = 1 + width * 3;
  const rows = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    rows[row * stride] = 1;
    let before: number[] = [0, 0, 0];
    for (let column = 0; column < width; column += 1) {
      const [red, green, blue] = drawing(column / width, row / height);
      const pixel = [Math.round(red), Math.round(green), Math.round(blue)];
      for (let channel = 0; channel < 3; channel += 1) {
        rows[row * stride + 1 + column * 3 + channel] = (pixel[channel]! - before[channel]!) & 0xff;
      }
      before = pixel;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 3 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
