import type { Request, Session } from 'electron'
import type { CheckHandler } from './permissions.ts'
import { strict } from './strict.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type VerifyProc = NonNullable<Parameters<Session['setCertificateVerifyProc']>[0]>

/** What one session was told. */
export interface SessionState {
  readonly name: string
  permissionRequestHandler: RequestHandler | null
  permissionCheckHandler: CheckHandler | null
  verifyProc: VerifyProc | null
  /** Whether a connection to this server may come about. Asked once per host and certificate, then remembered: as Electron does. */
  mayConnect(request: Request): Promise<boolean>
}

export interface SessionStandIn {
  readonly state: SessionState
  readonly module: object
}

/** `onCheckHandler`: from then on the browser must grant the same. */
export function createSession(name: string, onCheckHandler: (handler: CheckHandler) => void): SessionStandIn {
  const verdicts = new Map<string, Promise<boolean>>()
  const state: SessionState = {
    name,
    permissionRequestHandler: null,
    permissionCheckHandler: null,
    verifyProc: null,
    mayConnect(request) {
      const key = `${request.hostname} ${request.certificate.data}`
      const known = verdicts.get(key)
      if (known) return known
      const verdict = decide(state.verifyProc, request)
      verdicts.set(key, verdict)
      return verdict
    },
  }
  const module = strict(`session '${name}'`, {
    setPermissionRequestHandler: (handler) => {
      state.permissionRequestHandler = handler
    },
    setPermissionCheckHandler: (handler) => {
      state.permissionCheckHandler = handler
      if (handler) onCheckHandler(handler)
    },
    setCertificateVerifyProc: (proc) => {
      state.verifyProc = proc
    },
  } satisfies Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setCertificateVerifyProc'
  >)
  return { state, module }
}

function decide(proc: VerifyProc | null, request: Request): Promise<boolean> {
  const isTrusted = request.errorCode === 0
  if (!proc) return Promise.resolve(isTrusted)
  return new Promise((resolve, reject) =>
    proc(request, (answer) => {
      if (answer === 0) resolve(true)
      else if (answer === -2) resolve(false)
      else if (answer === -3) resolve(isTrusted)
      else reject(new Error(`Electron knows no answer ${answer} of a certificate verify proc`))
    }),
  )
}
