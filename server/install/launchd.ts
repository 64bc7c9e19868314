import { commandLine, xml, type Service } from './service.ts'

export const LABEL = 'br.balcao.server'
export const PLIST = `/Library/LaunchDaemons/${LABEL}.plist`
export const LOG_DIR = '/Library/Logs/Balcao'

/** A daemon: it starts with the Mac, before anybody logs in, and again whenever it ends. */
export function launchdPlist(service: Service & { readonly user: string }): string {
  const entries: [string, string][] = [
    ['Label', string(LABEL)],
    ['ProgramArguments', `<array>${commandLine('macos', service).map(string).join('')}</array>`],
    ['UserName', string(service.user)],
    ['RunAtLoad', '<true/>'],
    ['KeepAlive', '<true/>'],
    // Not faster than this again and again, when the store can't be used.
    ['ThrottleInterval', '<integer>10</integer>'],
    ['ExitTimeOut', '<integer>30</integer>'],
    // launchd's own word for 0077, in decimal.
    ['Umask', '<integer>63</integer>'],
    ['ProcessType', string('Interactive')],
    ['WorkingDirectory', string('/')],
    ['StandardOutPath', string(`${LOG_DIR}/server.log`)],
    ['StandardErrorPath', string(`${LOG_DIR}/server.log`)],
    ['EnvironmentVariables', `<dict><key>NODE_ENV</key>${string('production')}</dict>`],
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${entries.map(([key, value]) => `  <key>${key}</key>\n  ${value}`).join('\n')}
</dict>
</plist>
`
}

const string = (text: string) => `<string>${xml(text)}</string>`
