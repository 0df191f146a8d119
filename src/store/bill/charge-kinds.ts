/* SQL conditions that tell kinds of charges in any format; for the members see `Format.kinds`. */
export const SUPPORT = "product LIKE 'AWS%Support%' OR product LIKE 'OCB%Support%'";
const CARRIES = "usage LIKE '%DataTransfer%' OR usage LIKE '%Bytes%' OR replace(product, ' ', '') LIKE '%DataTransfer'";
export const TRANSFER = `resource = '' AND (${CARRIES})`;
