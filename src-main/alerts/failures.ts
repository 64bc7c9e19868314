import type { NotShownReason } from '../../server/alerts/screens.contract.ts'

/**
 * Windows' words and codes for "the person's settings forbid it". Source: WinRT `NotificationSetting` and the HRESULTs that
 * `ToastNotifier.Show` fails with, as Mattermost's desktop maps them (0x803E0111 and its kin: notifications disabled).
 */
const DENIED = /0x803e01(0|1)\d|0x80070005|disabled|denied|not allowed|notallowed/i

/** What a system's failure to notify means. */
export const reasonOfFailure = (error: string): NotShownReason =>
  DENIED.test(error) ? 'permission_denied' : 'failed'
