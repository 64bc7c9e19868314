import { join } from 'node:path'
import type { Attention } from '../ports.ts'
import { APP_ID } from './app-id.ts'
import { registryNumber, windowsState } from './attention-signs.ts'
import { run } from './run.ts'

const SETTINGS = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion'
const POLICY = 'HKCU\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\PushNotifications'
/** `WNF_SHEL_QUIETHOURS_ACTIVE_PROFILE_CHANGED`, undocumented; its value is the level of Focus assist since Windows 10 1803. */
const QUIET_HOURS = 0x0d83063ea3bf1c75n
const quietPrototype =
  'long __stdcall NtQueryWnfStateData(_In_ uint64_t *name, void *type, void *scope, _Out_ uint32_t *stamp, _Out_ uint32_t *level, _Inout_ uint32_t *size)'

export const windowsAttention: Attention = {
  async state() {
    const system = await systemCalls()
    return windowsState(system.notificationState(), system.quietLevel())
  },
  async permission() {
    const [all, own, policy] = await Promise.all([
      registryValue(`${SETTINGS}\\PushNotifications`, 'ToastEnabled'),
      registryValue(`${SETTINGS}\\Notifications\\Settings\\${APP_ID}`, 'Enabled'),
      registryValue(POLICY, 'NoToastApplicationNotification'),
    ])
    // What nobody has touched is not written, and allowed.
    return all === 0 || own === 0 || policy === 1 ? 'denied' : 'granted'
  },
}

interface SystemCalls {
  notificationState(): number | null
  quietLevel(): number | null
}

let calls: Promise<SystemCalls> | null = null

/** Native code, wanted on this system only, and loaded when first asked. */
function systemCalls(): Promise<SystemCalls> {
  return (calls ??= import('koffi').then(({ load }) => {
    const queryState = load('shell32.dll').func(
      'long __stdcall SHQueryUserNotificationState(_Out_ int *state)',
    )
    const queryQuiet = undocumented(() => load('ntdll.dll').func(quietPrototype))
    return {
      notificationState() {
        const state: [number] = [0]
        return queryState(state) === 0 ? state[0] : null
      },
      quietLevel() {
        const level: [number] = [0]
        return queryQuiet?.([QUIET_HOURS], null, null, [0], level, [4]) === 0 ? level[0] : null
      },
    }
  }))
}

/** It may go as it came: without notice. */
function undocumented<Found>(find: () => Found): Found | null {
  try {
    return find()
  } catch {
    return null
  }
}

/** Null when the value is not there. @throws when the registry can't be asked. */
async function registryValue(key: string, name: string): Promise<number | null> {
  // By its whole path: a program of that name could lie anywhere else.
  const reg = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe')
  try {
    return registryNumber(await run(reg, 'query', key, '/v', name), name)
  } catch (error) {
    const NOT_THERE = 1
    if ((error as { code?: unknown }).code === NOT_THERE) return null
    throw error
  }
}
