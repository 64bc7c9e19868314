import type { Attention } from '../ports.ts'
import { LINUX_DESKTOP_ID } from './app-id.ts'
import { linuxState, printedTruth } from './attention-signs.ts'
import { run } from './run.ts'

const SERVICE = 'org.freedesktop.Notifications'
const OBJECT = '/org/freedesktop/Notifications'
const GNOME = 'org.gnome.desktop.notifications'

export const linuxAttention: Attention = {
  async state() {
    const [inhibited, showBanners] = await Promise.all([isInhibited(), gnomeSetting(GNOME, 'show-banners')])
    return linuxState(inhibited, showBanners)
  },
  async permission() {
    const ofThisProgram = `${GNOME}.application:/org/gnome/desktop/notifications/application/${LINUX_DESKTOP_ID}/`
    const isEnabled = await gnomeSetting(ofThisProgram, 'enable')
    return isEnabled === null ? 'unknown' : isEnabled ? 'granted' : 'denied'
  },
}

/** Either of the two programs may be missing. */
async function isInhibited(): Promise<boolean | null> {
  const get = 'org.freedesktop.DBus.Properties.Get'
  const gdbus = ['call', '--session', '--dest', SERVICE, '--object-path', OBJECT, '--method', get]
  const answer = await run('gdbus', ...gdbus, SERVICE, 'Inhibited').catch(() =>
    run('busctl', '--user', 'get-property', SERVICE, OBJECT, SERVICE, 'Inhibited').catch(() => ''),
  )
  return printedTruth(answer)
}

/** Elsewhere the setting may be left over from a GNOME that nobody uses any more. */
async function gnomeSetting(schema: string, key: string): Promise<boolean | null> {
  if (!(process.env.XDG_CURRENT_DESKTOP ?? '').toUpperCase().includes('GNOME')) return null
  return printedTruth(await run('gsettings', 'get', schema, key).catch(() => ''))
}
