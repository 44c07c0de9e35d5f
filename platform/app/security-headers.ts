// The security headers: fixed texts made once per service.
// Promise: no answer leaves without them, and the policy of a page allows no script at all.
// A page that one day needs a script gets its own policy here, never a looser one for all.

/** Header name (lower case) to value. */
export type Headers = Readonly<Record<string, string>>;

const pagePolicy = [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "media-src 'self' https:",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join("; ");

/** Files that came from outside: nothing in them may run or load anything. */
const filePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

export interface SecurityHeaders {
  /** For pages and documents. */
  readonly page: Headers;
  /** For media and assets. */
  readonly file: Headers;
}

/**
 * The headers for a service at `origin`; with https also Strict-Transport-Security (two years). `formTargets` are
 * further origins that a form may lead to: browsers look at where its answer redirects, too.
 */
export function securityHeaders(origin: string, formTargets: readonly string[] = []): SecurityHeaders {
  const shared = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    ...(origin.startsWith("https:") ? { "strict-transport-security": "max-age=63072000" } : {}),
  };
  return {
    page: {
      ...shared,
      "content-security-policy": pagePolicy.replace(
        "form-action 'self'",
        ["form-action 'self'", ...formTargets.filter((target) => target !== origin)].join(" "),
      ),
    },
    file: {
      ...shared,
      "content-security-policy": filePolicy,
      "cross-origin-resource-policy": "cross-origin",
    },
  };
}
