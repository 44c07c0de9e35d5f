// A member's sign-ins: which browsers are signed in, and the ways to end one of them or all.
import {
  type Answer,
  goOn,
  memberOf,
  momentWriter,
  type PageRequest,
  privatePage,
} from "@rose-ash/platform/app";
import { absoluteMs, endDevice, endDevicesOf, idleMs } from "../device.ts";
import { describeService } from "../linked-services.ts";
import type { DeviceOfMember } from "../store-devices.ts";
import type { SigningIn } from "./sign-in.ts";

/** GET /devices/ */
export function devicesPage({ parts, signIns }: SigningIn) {
  const { store, now, site } = parts;
  const written = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    const here = (await signIns.session(request))?.deviceKey;
    const devices = (await store.devices.listOf(memberOf(request).id)).filter((device) =>
      isGood(device, now()),
    );
    const clients = await Promise.all(devices.map(({ idHash }) => store.devices.clientsOf(idHash)));
    return privatePage("~devices-page", "Where you are signed in", {
      devices: devices.map(({ idHash, summary, createdAt, lastSeenAt }, index) => ({
        id: idHash,
        summary,
        since: written(createdAt),
        seen: written(lastSeenAt),
        services: (clients[index] ?? []).map((name) => describeService(name).title).join(", "),
        isHere: idHash === here,
      })),
      done: request.query.get("done") === "ended" ? "That browser is signed out." : null,
    });
  };
}

/** POST /devices/sign-out/ with `device`. */
export function endDevicePage({ parts, keys, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const { id } = memberOf(request);
    const deviceKey = request.form?.get("device") ?? "";
    const isHere = (await signIns.session(request))?.deviceKey === deviceKey;
    const ending = { actor: id, ofMember: id, requestId: request.id };
    await parts.store.change((tx) => endDevice(parts, keys, tx, deviceKey, ending));
    return goOn(isHere ? "/signed-out/" : "/devices/?done=ended");
  };
}

/** POST /devices/sign-out-everywhere/ */
export function endDevicesPage({ parts, keys }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const { id } = memberOf(request);
    await parts.store.change((tx) => endDevicesOf(parts, keys, tx, id, { actor: id, requestId: request.id }));
    return goOn("/signed-out/");
  };
}

/** GET /signed-out/: where a browser ends up that has signed itself out. */
export function signedOutPage(): Answer {
  return privatePage("~signed-out-page", "You are signed out", {});
}

/** One that nobody saw for too long has ended, though nobody said so. */
function isGood({ createdAt, lastSeenAt }: DeviceOfMember, now: Date): boolean {
  const time = now.getTime();
  return time - lastSeenAt.getTime() <= idleMs && time - createdAt.getTime() <= absoluteMs;
}
