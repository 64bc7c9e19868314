/** The program's name in the system's registers: `appId` of its packages, `br.balcao.desk`; and its desktop file on Linux. */
export const APP_ID = 'br.balcao.desk'
export const LINUX_DESKTOP_ID = 'balcao'
