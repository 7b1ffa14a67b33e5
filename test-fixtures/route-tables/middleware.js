const express = require('express')
const cookieParser = require('cookie-parser')
const cors = require('cors')
const helmet = require('helmet')

const allowed = ['https://inventory.example', 'https://admin.inventory.example']

exports.security = [
  helmet({ hsts: { maxAge: 31536000, includeSubDomains: true, preload: true } }),
  cors({ origin: (origin, done) => done(null, !origin || allowed.includes(origin)) }),
]
exports.parsing = [express.json({ limit: '50kb' }), cookieParser()]
