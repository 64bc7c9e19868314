import type { AppUpdater } from 'electron-updater'
import type { DesktopPorts, Updater } from '../ports.ts'
import type { ElectronLifecycle } from './lifecycle.ts'

export function createUpdater(
  log: DesktopPorts['log'],
  lifecycle: Pick<ElectronLifecycle, 'beginQuitting'>,
): Updater {
  let loading: Promise<AppUpdater> | null = null
  // A few hundred kilobytes of code that no start needs. CommonJS: what it exports by a getter is seen on `default` alone.
  const load = (): Promise<AppUpdater> =>
    (loading ??= import('electron-updater').then((module) => setUp(module.default.autoUpdater, log)))

  return {
    async check(feedUrl) {
      const updater = await load()
      updater.setFeedURL({ provider: 'generic', url: feedUrl, useMultipleRangeRequest: false })
      const found = await updater.checkForUpdates()
      return found?.isUpdateAvailable ? { version: found.updateInfo.version } : null
    },
    async download(onProgress) {
      const updater = await load()
      const tell = ({ percent }: { percent: number }): void => onProgress(percent / 100)
      updater.on('download-progress', tell)
      try {
        await updater.downloadUpdate()
      } finally {
        updater.off('download-progress', tell)
      }
    },
    install() {
      void load().then((updater) => {
        lifecycle.beginQuitting()
        // Silently, and started again.
        updater.quitAndInstall(true, true)
      })
    },
  }
}

function setUp(updater: AppUpdater, log: DesktopPorts['log']): AppUpdater {
  updater.autoDownload = false
  // Whoever does not press "install" gets it when they close the program for the day.
  updater.autoInstallOnAppQuit = true
  updater.disableWebInstaller = true
  const line = (message?: unknown): void => log(`updates: ${String(message)}`)
  updater.logger = { info: line, warn: line, error: line }
  return updater
}
