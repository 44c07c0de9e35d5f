// What this service answers: addresses on the left, pages on the right. Earlier rows win.
import { get, post, type Route, type ServiceParts } from "@rose-ash/platform/app";
import type { Settings } from "./config.ts";
import { createAccountKeys } from "./keys.ts";
import { createProvider } from "./oidc/provider.ts";
import { createSignIns } from "./oidc/sign-ins.ts";
import { accountPage } from "./pages/account.ts";
import { devLetterPage, devMailPage } from "./pages/dev-mail.ts";
import { devicesPage, endDevicePage, endDevicesPage, signedOutPage } from "./pages/devices.ts";
import { confirmErasePage, erasePage, erasurePage } from "./pages/erase.ts";
import { exportFile, exportPage } from "./pages/export.ts";
import { claimOperatorPage, firstOperatorPage } from "./pages/first-operator.ts";
import { giveLevelPage, giveRolePage, memberPage, membersPage } from "./pages/members.ts";
import { newslettersPage, saveNewslettersPage } from "./pages/newsletters.ts";
import { operationsPage, tryAgainPage } from "./pages/operations.ts";
import { passkeySignIn, passkeySignInOptions } from "./pages/passkey-sign-in.ts";
import { addPasskeyPage, passkeyOptionsPage, passkeysPage, removePasskeyPage } from "./pages/passkeys.ts";
import { profilePage, saveProfilePage } from "./pages/profile.ts";
import { servicesPage } from "./pages/services.ts";
import { askLetterPage, codeOfLetterPage, type SigningIn, signInPage } from "./pages/sign-in.ts";
import { confirmLinkPage, linkOverPage, linkPage } from "./pages/sign-in-link.ts";
import type { AccountStore } from "./store.ts";

export type AccountParts = ServiceParts<Settings, AccountStore>;

export function routes(parts: AccountParts): Route[] {
  const keys = createAccountKeys(parts.secrets);
  // Pages only look things up through it; they never send anything.
  const provider = createProvider(parts, keys, async () => Response.error());
  const signingIn: SigningIn = { parts, keys, signIns: createSignIns(provider, parts, keys) };
  const member = { role: "member" } as const;
  const admin = { role: "admin" } as const;
  const operator = { role: "operator" } as const;
  return [
    get("/", accountPage(parts), member),
    get("/profile/", profilePage(parts), member),
    post("/profile/", saveProfilePage(parts), member),
    get("/devices/", devicesPage(signingIn), member),
    post("/devices/sign-out/", endDevicePage(signingIn), member),
    post("/devices/sign-out-everywhere/", endDevicesPage(signingIn), member),
    get("/signed-out/", signedOutPage),
    get("/newsletters/", newslettersPage(parts), member),
    post("/newsletters/", saveNewslettersPage(parts), member),
    get("/services/", servicesPage(parts), member),
    get("/export/", exportPage(parts), member),
    get("/export/my-data.json", exportFile(parts), member),
    get("/erase/", erasePage(signingIn), member),
    post("/erase/", confirmErasePage(signingIn), member),
    get("/erasures/:id/", erasurePage(parts)),
    get("/members/", membersPage(parts), admin),
    get("/members/:id/", memberPage(parts), admin),
    post("/members/:id/role/", giveRolePage(parts), admin),
    post("/members/:id/level/", giveLevelPage(parts), admin),
    get("/operations/", operationsPage(parts), operator),
    post("/operations/try-again/", tryAgainPage(parts), operator),
    get("/dev/mail/", devMailPage(parts)),
    get("/dev/mail/:id/", devLetterPage(parts)),
    get("/passkeys/", passkeysPage(signingIn), member),
    post("/passkeys/", addPasskeyPage(signingIn), member),
    post("/passkeys/options/", passkeyOptionsPage(signingIn), member),
    post("/passkeys/remove/", removePasskeyPage(signingIn), member),
    get("/first-operator/:token/", firstOperatorPage(signingIn)),
    post("/first-operator/:token/", claimOperatorPage(signingIn)),
    get("/sign-in/link-over/", () => linkOverPage(signingIn)),
    get("/sign-in/link/:token/", linkPage(signingIn)),
    get("/sign-in/:page/", signInPage(signingIn)),
    post("/sign-in/:page/", askLetterPage(signingIn)),
    post("/sign-in/:page/code/", codeOfLetterPage(signingIn)),
    get("/sign-in/:page/link/:token/", linkPage(signingIn)),
    post("/sign-in/:page/link/:token/", confirmLinkPage(signingIn)),
    post("/sign-in/:page/passkey/options/", passkeySignInOptions(signingIn)),
    post("/sign-in/:page/passkey/", passkeySignIn(signingIn)),
  ];
}
