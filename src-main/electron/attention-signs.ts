/** What the systems say about disturbing the person, read without a system: each line here is a fact borrowed from one of them. */
import type { AttentionState } from '../ports.ts'

/**
 * Windows: `SHQueryUserNotificationState` (Microsoft, shellapi.h) and the level of Focus assist or do not disturb, which that
 * function does not know (0 off, 1 priority only, 2 alarms only). Null where the system did not answer.
 */
export function windowsState(notificationState: number | null, quietLevel: number | null): AttentionState {
  if (quietLevel !== null && quietLevel > 0) return 'dnd'
  switch (notificationState) {
    case 2: // QUNS_BUSY: a full-screen program, or presentation settings
    case 3: // QUNS_RUNNING_D3D_FULL_SCREEN
    case 4: // QUNS_PRESENTATION_MODE
      return 'presenting'
    case 6: // QUNS_QUIET_TIME: the first hour of a new account
      return 'dnd'
    case 1: // QUNS_NOT_PRESENT: locked; what is shown now waits for the person
    case 5: // QUNS_ACCEPTS_NOTIFICATIONS
    case 7: // QUNS_APP
      return 'free'
    default:
      return quietLevel === 0 ? 'free' : 'unknown'
  }
}

/** A number that `reg query … /v name` printed: `    ToastEnabled    REG_DWORD    0x0`. Null when it has no such value. */
export function registryNumber(output: string, name: string): number | null {
  const line = output.split(/\r?\n/).find((candidate) => candidate.trim().startsWith(name))
  const [, hex] = /REG_DWORD\s+(0x[0-9a-f]+)/i.exec(line ?? '') ?? []
  return hex === undefined ? null : Number(hex)
}

/**
 * macOS: `~/Library/DoNotDisturb/DB/Assertions.json`, one record per focus that is on. Undocumented, and behind Full Disk Access on
 * most Macs. Limit: a focus that a timetable switched on leaves no record.
 */
export function macState(assertions: string): AttentionState {
  try {
    const { data } = JSON.parse(assertions) as { data?: { storeAssertionRecords?: unknown[] }[] }
    if (!Array.isArray(data)) return 'unknown'
    return data.some(({ storeAssertionRecords: records }) => (records?.length ?? 0) > 0) ? 'dnd' : 'free'
  } catch {
    return 'unknown'
  }
}

/** A truth as `gdbus` (`(<true>,)`), `busctl` (`b true`) and `gsettings` (`true`) print it; null for anything else. */
export function printedTruth(output: string): boolean | null {
  const [, word] = /^\s*(?:\(<|b )?(true|false)(?:>,\))?\s*$/.exec(output) ?? []
  return word === undefined ? null : word === 'true'
}

/**
 * Linux: `inhibited` is the notification service's property (KDE and others since version 1.3 of the specification), `showBanners`
 * GNOME's own setting. Null where the system has none.
 */
export function linuxState(inhibited: boolean | null, showBanners: boolean | null): AttentionState {
  if (inhibited === true || showBanners === false) return 'dnd'
  return inhibited === null && showBanners === null ? 'unknown' : 'free'
}
