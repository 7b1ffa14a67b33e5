-- Neovim (0.7 or newer) as a client of the server: opens a file, waits for diagnostics, applies the preferred fix, saves, stops the server.
--   nvim --headless --clean -S testing/editors/neovim.lua
-- SERVER is the server's command line as JSON, FILE the file to open, LINE the line (from 0) with the finding. Prints one JSON object.
local out = {}
local file, line = os.getenv('FILE'), tonumber(os.getenv('LINE'))

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then error('timed out waiting for ' .. what) end
end

local function here(buffer)
  return vim.tbl_filter(function(one) return one.lnum == line end, vim.diagnostic.get(buffer))
end

local ok, problem = xpcall(function()
  vim.cmd('set noswapfile shada= hidden encoding=utf-8')
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()
  local root = vim.fn.fnamemodify(file, ':p:h')
  local ended
  local id = vim.lsp.start_client({
    name = 'parapet', cmd = vim.fn.json_decode(os.getenv('SERVER')), root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = 'server' } },
    get_language_id = function() return 'javascript' end,
    on_exit = function(code) ended = code end,
  })
  assert(id, 'the server did not start')
  vim.lsp.buf_attach_client(buffer, id)
  local client
  wait('initialize', function()
    client = vim.lsp.get_client_by_id(id)
    return client and client.server_capabilities and next(client.server_capabilities) ~= nil
  end)
  out.pulls = client.server_capabilities.diagnosticProvider ~= nil
  wait('diagnostics', function() return #here(buffer) > 0 end)
  local first = here(buffer)[1]
  local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
  out.code, out.message = first.code or first.user_data.lsp.code, first.message
  -- Columns of Neovim count bytes: what is cut out shows whether both sides counted alike.
  out.marked = text:sub(first.col + 1, first.end_lnum == line and first.end_col or #text)

  local character = vim.str_utfindex and select(2, vim.str_utfindex(text, first.col)) or first.col
  local position = { line = line, character = character }
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local function ask(method, params)
    local answer = client.request_sync(method, params, 30000, buffer)
    assert(answer and not answer.err, method .. ': ' .. vim.inspect(answer))
    return answer.result
  end
  out.hover = ask('textDocument/hover', { textDocument = document, position = position }).contents.value
  local actions = ask('textDocument/codeAction', {
    textDocument = document, range = { start = position, ['end'] = position }, context = { diagnostics = {} },
  })
  local preferred = vim.tbl_filter(function(action) return action.isPreferred end, actions)[1]
  assert(preferred, 'no preferred action among ' .. #actions)
  out.action = preferred.title
  if not preferred.edit then preferred = ask('codeAction/resolve', preferred) end
  vim.lsp.util.apply_workspace_edit(preferred.edit, client.offset_encoding)
  local before = first.code
  wait('the finding to go', function()
    return #vim.tbl_filter(function(one) return one.code == before end, vim.diagnostic.get(buffer)) == 0
  end)
  vim.cmd('silent write')
  client.stop()
  wait('the server to end', function() return ended ~= nil end)
  out.exit = ended
end, debug.traceback)

io.stdout:write((ok and vim.fn.json_encode(out) or problem) .. '\n')
vim.cmd(ok and 'qall!' or 'cquit 1')
