// What the three pages of the rendering comparison show: invented offers, stock and settings of an invented
// co-op, the same in every run. Some texts hold markup and quotes, so that a renderer that forgets to escape
// draws a different page and is not timed.

import { randomNumbers } from "./measure.ts";

export interface Link {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

export interface Card {
  readonly id: number;
  readonly title: string;
  readonly href: string;
  readonly summary: string;
  readonly day: string;
  readonly fresh: boolean;
  readonly soldOut: boolean;
  readonly places: number;
  readonly host: { readonly name: string; readonly portrait: string; readonly member: boolean };
  readonly tags: readonly string[];
}

export interface CardsPage {
  readonly heading: string;
  readonly links: readonly Link[];
  readonly cards: readonly Card[];
  readonly year: number;
}

export interface StockItem {
  readonly number: number;
  readonly name: string;
  readonly grower: string;
  readonly crates: number;
  readonly price: number;
  readonly organic: boolean;
  readonly remark: string;
  readonly picked: string;
}

export interface TablePage {
  readonly items: readonly StockItem[];
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
}

export interface FormPage {
  readonly heading: string;
  readonly member: { readonly name: string; readonly role: string; readonly letters: number };
  readonly links: readonly Link[];
  readonly notice: string | null;
  readonly groups: readonly {
    readonly id: string;
    readonly heading: string;
    readonly fields: readonly Field[];
  }[];
}

export interface Pages {
  readonly cards: CardsPage;
  readonly table: TablePage;
  readonly form: FormPage;
}

const vocabulary =
  `orchard hedge kettle barley compost lantern saddle thimble meadow quince ferry bramble gravel
  anvil pocket willow harbour candle button cellar juniper ladder mortar nettle oven parsley rafter sorrel`.split(
    /\s+/,
  );

const awkward = [
  '<script>alert("apples & pears")</script>',
  `it's "fresh" & <em>crisp</em>`,
  "1 < 2 && 3 > 2",
  `"><img src=x onerror='shout()'>`,
];

/** The data of the three pages. */
export function createPages(): Pages {
  const random = randomNumbers(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const words = (count: number) =>
    Array.from({ length: count }, () => vocabulary[below(vocabulary.length)]).join(" ");
  const oddity = (index: number) => awkward[index % awkward.length] as string; // inside the bounds
  return {
    cards: {
      heading: "Workshops <this month> & next",
      links: links(),
      year: 2026,
      cards: Array.from({ length: 50 }, (_, i) => ({
        id: i + 1,
        title: i % 4 === 0 ? `${words(3)} ${oddity(i / 4)}` : words(5),
        href: `/workshops/${i + 1}?from=list&place=${i}`,
        summary: i % 6 === 0 ? `${words(10)} ${oddity(i / 6 + 1)} ${words(9)}` : words(26),
        day: day(i),
        fresh: i % 8 === 0,
        soldOut: i % 13 === 0,
        places: i % 5,
        host: {
          name: i % 7 === 0 ? `Maeve "Moss" O'Dell` : words(2),
          portrait: `/portraits/p${i % 9}.webp`,
          member: i % 3 !== 0,
        },
        tags: Array.from({ length: i % 4 }, (_, k) => vocabulary[(i * 5 + k) % vocabulary.length] as string), // inside the bounds
      })),
    },
    table: {
      items: Array.from({ length: 1000 }, (_, i) => ({
        number: i + 1,
        name: words(2),
        grower: `grower${i % 40}@example.org`,
        crates: (i * 41) % 600,
        price: ((i * 7907) % 90000) / 100,
        organic: i % 3 !== 0,
        remark: i % 12 === 0 ? oddity(i / 12) : words(3),
        picked: day(i),
      })),
    },
    form: {
      heading: "Your membership & address",
      member: { name: `Ines "Ink" D'Arcy`, role: "member", letters: 4 },
      links: links(),
      notice: "Saved & sent to the office",
      groups: [
        {
          id: "contact",
          heading: "Contact",
          fields: [
            { name: "email", label: "E-mail", value: "ines@example.org", required: true },
            { name: "about", label: "About you", value: 'Grows <b>beans</b> & "peas"', required: false },
          ],
        },
        {
          id: "share",
          heading: "Your share",
          fields: [{ name: "shares", label: "Number of shares", value: "", required: true }],
        },
      ],
    },
  };
}

function links(): Link[] {
  const entries = [
    ["/", "Home"],
    ["/workshops", "Workshops"],
    ["/shop", "Shop"],
    ["/contact?topic=a&reply=b", "Contact & help"],
    ["/feed.xml", "Feed"],
  ];
  return entries.map(([href, label], index) => ({
    href: href as string,
    label: label as string,
    current: index === 1,
  })); // pairs
}

function day(index: number): string {
  return `2026-0${1 + (index % 9)}-1${index % 10}`;
}
