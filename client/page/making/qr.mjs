// The QR code of the region's public address, as one path for an SVG. Made when the page is built.
export function qrOf(packages, address) {
  if (!address) return null;
  const required = packages('qrcode-generator');
  const qrcode = required.default ?? required.qrcode ?? required;
  const qr = qrcode(0, 'M');
  qr.addData(address);
  qr.make();
  const size = qr.getModuleCount();
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (qr.isDark(y, x)) path += `M${x} ${y}h1v1h-1z`;
  }
  return { size, path };
}
