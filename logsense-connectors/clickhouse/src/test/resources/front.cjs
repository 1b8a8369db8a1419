// ClickHouse's engine behind as much of its HTTP interface as the store uses.
// node front.cjs DIRECTORY-OF-node_modules/chdb DIRECTORY-OF-DATA PORT
const fs = require('fs');
const http = require('http');
const [chdb, data, port] = process.argv.slice(2);
const engine = require(`${chdb}/dist/loader.js`).loadNative();
const connection = engine.CreateConnection(data);
let last = Promise.resolve();

function run(parameters, body) {
  let sql = parameters.get('query');
  if (body.length) {
    // In the process of node the engine takes no binary rows behind the statement, but from a file.
    const file = `${data}.rows`;
    fs.writeFileSync(file, body);
    sql = sql.replace(/FORMAT (RowBinary)$/, `SELECT * FROM file('${file}', '$1')`);
  }
  const values = {};
  for (const [name, value] of parameters) {
    if (name.startsWith('param_')) values[name.slice(6)] = value;
  }
  const bound = Object.keys(values).length ? [values] : [];
  return engine.QueryAsyncConnection(connection, sql, parameters.get('default_format'), ...bound);
}

http
  .createServer({ maxHeaderSize: 1 << 20 }, async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const parameters = new URL(request.url, 'http://front').searchParams;
    const allowed = request.headers['x-clickhouse-key'] !== 'wrong';
    last = last
      .catch(() => {})
      .then(() => {
        if (!allowed) throw new Error('Code: 516. DB::Exception: no. (AUTHENTICATION_FAILED)');
        return run(parameters, Buffer.concat(parts));
      });
    try {
      const result = await last;
      response.end(result.bytes);
    } catch (e) {
      const code = /Code: (\d+)/.exec(e.message);
      response.statusCode = allowed ? 500 : 403;
      if (code) response.setHeader('X-ClickHouse-Exception-Code', code[1]);
      response.end(e.message);
    }
  })
  .listen(Number(port), '127.0.0.1');
