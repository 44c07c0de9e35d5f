// The rules of the project, by name: what `npm run check` runs. Each has a failing fixture in fixtures/ that
// proves that it looks (check.test.ts).
import { checkBiome } from "./biome.ts";
import type { Rule } from "./finding.ts";
import { checkHeaders } from "./headers.ts";
import { checkUnused } from "./knip.ts";
import { checkLayers } from "./layers.ts";
import { checkNames } from "./names.ts";
import { checkServiceShape } from "./service-shape.ts";
import { checkSx } from "./sx.ts";
import { checkTables } from "./tables.ts";
import { checkTestCommand } from "./test-command.ts";
import { checkTypes } from "./type-check.ts";
import { checkViewLayers } from "./view-layers.ts";
import { checkWords } from "./words.ts";

export const rules: Readonly<Record<string, Rule>> = {
  layers: checkLayers,
  "view-layers": checkViewLayers,
  sx: checkSx,
  "service-shape": checkServiceShape,
  names: checkNames,
  headers: checkHeaders,
  words: checkWords,
  "test-command": checkTestCommand,
  tables: checkTables,
  types: checkTypes,
  biome: checkBiome,
  knip: checkUnused,
};
